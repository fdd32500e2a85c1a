package io.fanin.processor.startup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Security;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NativeCipherTest {

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final byte[] KEY = "0123456789abcdef".getBytes(UTF_8);

    @BeforeEach
    void install() {
        NativeCipher.install();
    }

    @AfterEach
    void remove() {
        Security.removeProvider("PartitionFanIn");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void cipherOfTlsIsNative() throws Exception {
        assertThat(initialized(Cipher.getInstance(TRANSFORMATION), Cipher.ENCRYPT_MODE)
                        .getProvider()
                        .getName())
                .isEqualTo("AmazonCorrettoCryptoProvider");
    }

    /** An environment that starts from a snapshot must not repeat another one's random numbers. */
    @Test
    void everythingElseIsTheJdks() throws Exception {
        assertThat(new SecureRandom().getProvider().getName()).isEqualTo("SUN");
        assertThat(SecureRandom.getInstanceStrong().getProvider().getName()).isEqualTo("SUN");
        assertThat(MessageDigest.getInstance("SHA-256").getProvider().getName()).isEqualTo("SUN");
        assertThat(Cipher.getInstance("AES/CBC/PKCS5Padding").getProvider().getName())
                .isEqualTo("SunJCE");
    }

    @Test
    void jdkReadsWhatItWrites() throws Exception {
        byte[] text = new byte[100_000];

        byte[] encrypted = initialized(Cipher.getInstance(TRANSFORMATION), Cipher.ENCRYPT_MODE)
                .doFinal(text);

        assertThat(initialized(Cipher.getInstance(TRANSFORMATION, "SunJCE"), Cipher.DECRYPT_MODE)
                        .doFinal(encrypted))
                .isEqualTo(text);
    }

    private static Cipher initialized(Cipher cipher, int mode) throws Exception {
        cipher.init(mode, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, new byte[12]));
        return cipher;
    }
}
