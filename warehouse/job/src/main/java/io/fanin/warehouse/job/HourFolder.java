package io.fanin.warehouse.job;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
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
    private final String prefix;

    HourFolder(S3Client s3, JobSettings settings, Hour hour) {
        this.s3 = s3;
        this.settings = settings;
        this.prefix = settings.table() + "/" + hour + "/";
    }

    /** Replaces the content by the objects below this prefix of the bucket of results; idempotent. */
    void replaceBy(String results) {
        s3.deleteObject(request -> request.bucket(settings.dataBucket()).key(prefix + MARKER));
        Set<String> written = new HashSet<>();
        for (String from : keys(settings.resultsBucket(), results)) {
            String to = prefix + "part-%05d%s".formatted(written.size(), suffix(from));
            s3.copyObject(request -> request.sourceBucket(settings.resultsBucket())
                    .sourceKey(from)
                    .destinationBucket(settings.dataBucket())
                    .destinationKey(to));
            written.add(to);
        }
        keys(settings.dataBucket(), prefix).stream()
                .filter(key -> !written.contains(key))
                .forEach(key -> s3.deleteObject(
                        request -> request.bucket(settings.dataBucket()).key(key)));
        s3.putObject(request -> request.bucket(settings.dataBucket()).key(prefix + MARKER), RequestBody.empty());
    }

    /** The suffix by which readers recognize a compressed object. */
    private static String suffix(String key) {
        Matcher matcher = SUFFIX.matcher(key);
        return matcher.find() ? matcher.group() : "";
    }

    private List<String> keys(String bucket, String under) {
        return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(under)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    @Override
    public String toString() {
        return "s3://" + settings.dataBucket() + "/" + prefix;
    }
}
