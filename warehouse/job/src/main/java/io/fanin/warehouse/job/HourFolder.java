package io.fanin.warehouse.job;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The folder of one hour of the job's table. New content replaces all of the old, and meanwhile the marker, which the
 * pipeline requires to register the hour, does not exist. Each object says when its query was submitted: what an older
 * one has found does not replace what a later one has.
 */
final class HourFolder {

    private static final String MARKER = "_SUCCESS";

    /** The name in an object's metadata. */
    private static final String SUBMITTED = "query-submitted";

    private static final Pattern SUFFIX = Pattern.compile("\\.[a-z0-9]{1,8}$");

    private final S3Client s3;
    private final JobSettings settings;
    private final Hour hour;
    private final String prefix;

    HourFolder(S3Client s3, JobSettings settings, Hour hour) {
        this.s3 = s3;
        this.settings = settings;
        this.hour = hour;
        this.prefix = settings.table() + "/" + hour + "/";
    }

    /**
     * Replaces the content by the objects below this prefix of the bucket of results, unless it is that of a later
     * query; idempotent.
     *
     * @param submitted when their query was submitted
     * @throws IllegalStateException if another invocation writes the hour at the same time; the marker is missing then,
     *     or is the other's
     */
    void replaceBy(String results, Instant submitted) {
        String marker = prefix + MARKER;
        Set<String> before = etags(settings.dataBucket(), prefix).keySet();
        if (before.contains(marker) && isOfLaterQuery(marker, submitted)) {
            return;
        }
        if (!before.contains(marker) && before.stream().anyMatch(key -> isOfLaterQuery(key, submitted))) {
            throw writtenByAnother();
        }
        delete(marker);
        Map<String, String> metadata = Map.of(SUBMITTED, submitted.toString());
        Map<String, String> written = new HashMap<>();
        for (String from : etags(settings.resultsBucket(), results).keySet()) {
            String to = prefix + "part-%05d%s".formatted(written.size(), suffix(from));
            CopyObjectResponse copied = s3.copyObject(request -> request.sourceBucket(settings.resultsBucket())
                    .sourceKey(from)
                    .destinationBucket(settings.dataBucket())
                    .destinationKey(to)
                    .metadataDirective(MetadataDirective.REPLACE)
                    .metadata(metadata));
            written.put(to, copied.copyObjectResult().eTag());
        }
        before.stream()
                .filter(key -> !key.equals(marker) && !written.containsKey(key))
                .forEach(this::delete);
        // Two queries divide the rows differently: a mixture of their objects would have rows twice, and lack others.
        Map<String, String> now = etags(settings.dataBucket(), prefix);
        if (!now.equals(written)) {
            if (now.containsKey(marker) && now.entrySet().stream().anyMatch(written.entrySet()::contains)) {
                delete(marker);
            }
            throw writtenByAnother();
        }
        s3.putObject(
                request -> request.bucket(settings.dataBucket()).key(marker).metadata(metadata), RequestBody.empty());
    }

    /** Objects that say nothing are of a former version of this class, or of somebody else. */
    private boolean isOfLaterQuery(String key, Instant submitted) {
        String other = s3.headObject(
                        request -> request.bucket(settings.dataBucket()).key(key))
                .metadata()
                .get(SUBMITTED);
        return other != null && Instant.parse(other).isAfter(submitted);
    }

    private void delete(String key) {
        s3.deleteObject(request -> request.bucket(settings.dataBucket()).key(key));
    }

    private IllegalStateException writtenByAnother() {
        return new IllegalStateException("another invocation has written into " + this
                + " at the same time: run the hour again, with {\"hour\": \"" + hour + "\"}");
    }

    /** The suffix by which readers recognize a compressed object. */
    private static String suffix(String key) {
        Matcher matcher = SUFFIX.matcher(key);
        return matcher.find() ? matcher.group() : "";
    }

    /** The ETags of the objects, by their keys in order. */
    private Map<String, String> etags(String bucket, String under) {
        return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(under)).contents().stream()
                .collect(Collectors.toMap(S3Object::key, S3Object::eTag, (one, same) -> one, TreeMap::new));
    }

    @Override
    public String toString() {
        return "s3://" + settings.dataBucket() + "/" + prefix;
    }
}
