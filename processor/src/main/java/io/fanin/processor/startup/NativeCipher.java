package io.fanin.processor.startup;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.security.Security;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cipher of TLS, AES-GCM, from the native library of Amazon Corretto Crypto Provider. The JVM's first compiler,
 * which compiles the functions' code (template.yaml), does not use a CPU's instructions for AES: with the JDK's own
 * cipher a function would read about 20 MB of S3's objects in a second of CPU time.
 *
 * <p>Everything else stays the JDK's, above all random numbers, which Lambda keeps from repeating themselves in
 * environments that start from one snapshot.
 */
public final class NativeCipher extends Provider {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(NativeCipher.class);
    private static final String TYPE = "Cipher";
    private static final String AES_GCM = "AES/GCM/NoPadding";

    private NativeCipher() {
        super("PartitionFanIn", "1", AES_GCM + " of Amazon Corretto Crypto Provider");
    }

    /** Prefers this provider from now on. Its library is loaded for the first TLS connection. */
    public static void install() {
        Security.insertProviderAt(new NativeCipher(), 1);
    }

    @Override
    public Service getService(String type, String algorithm) {
        return type.equals(TYPE) && algorithm.equalsIgnoreCase(AES_GCM) ? Library.SERVICE : null;
    }

    /** Loads the library on first use. */
    private static final class Library {

        /** The cipher; null if there is no library for this system, in which case the JDK's provider is used. */
        static final Service SERVICE = load();

        private Library() {}

        private static Service load() {
            Throwable missing = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
            if (missing == null) {
                return AmazonCorrettoCryptoProvider.INSTANCE.getService(TYPE, AES_GCM);
            }
            LOG.warn(
                    "TLS is decrypted by the JDK, which is slow: there is no library for this system: {}",
                    missing.toString());
            return null;
        }
    }
}
