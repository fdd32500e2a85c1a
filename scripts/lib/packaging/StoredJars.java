import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies the jars of a class path into a directory, their entries stored instead of compressed: the function's zip then
 * compresses each jar as one stream, which makes it a third smaller, and a class is loaded without inflating it. The
 * directories of a class path are passed over.
 *
 * <p>Entries keep their order and bytes, so that manifests stay first and signatures valid. Entries of directories are left
 * out, and all are of one date: what is written depends on nothing but what the jars hold.
 *
 * <p>A native library at the root of a jar is put beside the jar, where DuckDB's driver looks for it before it unpacks one
 * from the jar, which takes a third of a second at each start. That of Amazon Corretto Crypto Provider is put into a
 * directory for its architecture, such as {@code linux-x86_64}, since its name is the same for all. The jars of several
 * systems and architectures are one jar then: they differ in nothing else. Signatures of such a jar are left out, as they
 * are of the jar with its library.
 *
 * <p>Run by the build as a single source file: {@code java StoredJars.java DIRECTORY CLASSPATH}.
 */
final class StoredJars {

    /** As early as every zone can write it: a zip's dates begin with 1980. */
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final Pattern LIBRARY =
            Pattern.compile("(?<folder>com/amazon/corretto/crypto/provider/)?(?<name>lib[^/]+\\.so(_[a-z0-9_]+)?)");

    private static final Pattern ARCHITECTURE = Pattern.compile("-(?<of>(linux|macos)[_-][a-z0-9_]+)\\.jar$");

    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    private StoredJars() {}

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        for (String element : args[1].split(File.pathSeparator)) {
            Path jar = Path.of(element);
            if (!Files.isDirectory(jar)) {
                copy(jar, directory);
            }
        }
    }

    private static void copy(Path from, Path directory) throws IOException {
        try (ZipFile jar = new ZipFile(from.toFile())) {
            String name = from.getFileName().toString();
            List<? extends ZipEntry> libraries =
                    jar.stream().filter(StoredJars::isLibrary).toList();
            for (ZipEntry library : libraries) {
                Path beside = directory.resolve(place(library, name));
                Files.createDirectories(beside.getParent());
                Files.write(beside, bytes(jar, library), StandardOpenOption.CREATE_NEW);
            }
            Path to = directory.resolve(libraries.isEmpty() ? name : ARCHITECTURE.matcher(name).replaceFirst(".jar"));
            if (libraries.isEmpty() || !Files.exists(to)) {
                store(jar, to);
            }
        }
    }

    private static boolean isLibrary(ZipEntry entry) {
        return LIBRARY.matcher(entry.getName()).matches();
    }

    /** The place of a library of this jar, as {@code uname -m} names architectures. */
    private static String place(ZipEntry library, String jar) {
        Matcher name = LIBRARY.matcher(library.getName());
        Matcher architecture = ARCHITECTURE.matcher(jar);
        return name.matches() && name.group("folder") != null && architecture.find()
                ? architecture.group("of").replace("aarch_64", "aarch64") + "/" + name.group("name")
                : library.getName();
    }

    private static void store(ZipFile jar, Path to) throws IOException {
        if (Files.exists(to)) {
            throw new IOException("the class path has two jars with the name " + to.getFileName());
        }
        try (OutputStream file = Files.newOutputStream(to);
                ZipOutputStream stored = new ZipOutputStream(file)) {
            boolean isCut = jar.stream().anyMatch(StoredJars::isLibrary);
            for (ZipEntry entry : Collections.list(jar.entries())) {
                boolean isSignature =
                        isCut && SIGNATURE.matcher(entry.getName()).matches();
                if (!entry.isDirectory() && !isLibrary(entry) && !isSignature) {
                    store(entry.getName(), bytes(jar, entry), stored);
                }
            }
        }
    }

    private static void store(String name, byte[] bytes, ZipOutputStream jar) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(DATE);
        jar.putNextEntry(entry);
        jar.write(bytes);
        jar.closeEntry();
    }

    private static byte[] bytes(ZipFile jar, ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
