package io.fanin.warehouse.job;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The folder of one hour of the job's table. New content replaces all of the old, and meanwhile the marker, which the
 * pipeline requires to register the hour, does not exist.
 */
final class HourFolder {

    private static final String MARKER = "_SUCCESS";
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
     * Replaces the content by the objects below this prefix of the bucket of results; idempotent.
     *
     * @throws IllegalStateException if another invocation writes the hour at the same time; the marker is missing then
     */
    void replaceBy(String results) {
        s3.deleteObject(request -> request.bucket(settings.dataBucket()).key(prefix + MARKER));
        Map<String, String> written = new HashMap<>();
        for (String from : etags(settings.resultsBucket(), results).keySet()) {
            String to = prefix + "part-%05d%s".formatted(written.size(), suffix(from));
            CopyObjectResponse copied = s3.copyObject(request -> request.sourceBucket(settings.resultsBucket())
                    .sourceKey(from)
                    .destinationBucket(settings.dataBucket())
                    .destinationKey(to));
            written.put(to, copied.copyObjectResult().eTag());
        }
        etags(settings.dataBucket(), prefix).keySet().stream()
                .filter(key -> !written.containsKey(key))
                .forEach(key -> s3.deleteObject(
                        request -> request.bucket(settings.dataBucket()).key(key)));
        // Two queries divide the rows differently: a mixture of their objects would have rows twice, and lack others.
        if (!etags(settings.dataBucket(), prefix).equals(written)) {
            throw new IllegalStateException("another invocation has written into " + this
                    + " at the same time: run the hour again, with {\"hour\": \"" + hour + "\"}");
        }
        s3.putObject(request -> request.bucket(settings.dataBucket()).key(prefix + MARKER), RequestBody.empty());
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
