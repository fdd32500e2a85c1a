package io.fanin.model.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of a partition that a run has made. Its files lie in a folder of their own below the partition's. Readers
 * see either all of them or none: the version becomes visible when the catalog's location is switched to its folder.
 *
 * @param folder the name of its folder: no {@code key=value}, and not a hidden name
 * @param superseded the names of the folders of the partition's other versions, and an empty name for files that lie
 *     directly in the partition's own folder
 */
public record PartitionVersion(String folder, List<String> superseded) {

    private static final Pattern FOLDER = Pattern.compile("version-[0-9a-f]{16}-[1-9][0-9]{0,8}");

    private static final Pattern FILE = Pattern.compile("part-[0-9]{5}\\.parquet");

    public PartitionVersion {
        superseded = List.copyOf(Objects.requireNonNull(superseded, "superseded"));
        requireFolder(folder);
        superseded.stream().filter(name -> !name.isEmpty()).forEach(PartitionVersion::requireFolder);
    }

    /** Whether a folder of this name holds a version of a partition. */
    public static boolean isFolder(String name) {
        return FOLDER.matcher(name).matches();
    }

    /** The name of a version's file, counted from 0. */
    public static String file(int number) {
        return "part-%05d.parquet".formatted(number);
    }

    /** Whether a file of this name may be a version's. */
    public static boolean isFile(String name) {
        return FILE.matcher(name).matches();
    }

    /**
     * Whether an object belongs to a version.
     *
     * @param name of the object below the partition's folder
     */
    public static boolean holds(String name) {
        int slash = name.indexOf('/');
        return slash > 0 && isFolder(name.substring(0, slash));
    }

    /**
     * The name of the folder for a version.
     *
     * @param token of the pass that makes it, {@link io.fanin.model.text.Sha256#token}
     * @param number distinguishes the versions that one pass makes when work is repeated, from 1
     */
    public static String folder(String token, int number) {
        String name = "version-" + token + "-" + number;
        requireFolder(name);
        return name;
    }

    /** Whether two folders, given by their URIs, are of versions of one partition that one pass has made. */
    public static boolean areOfOnePass(String uri, String other) {
        Optional<String> made = withoutNumber(uri);
        return made.isPresent() && made.equals(withoutNumber(other));
    }

    /** Empty for a folder that is not a version's. */
    private static Optional<String> withoutNumber(String uri) {
        String folder = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        return isFolder(folder.substring(folder.lastIndexOf('/') + 1))
                ? Optional.of(folder.substring(0, folder.lastIndexOf('-')))
                : Optional.empty();
    }

    private static void requireFolder(String name) {
        if (!isFolder(name)) {
            throw new IllegalArgumentException("'" + name + "' is not the folder of a partition's version");
        }
    }
}
