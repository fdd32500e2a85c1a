package io.fanin.warehouse.job;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The folder of one hour of the job's table. New content replaces all of the old; meanwhile the marker, which the
 * pipeline requires to register the hour, does not exist. Each object carries the time at which its query was
 * submitted: the result of an older query never replaces that of a later one.
 *
 * <p>Two invocations may write the same hour, and each may end at any point. Neither can overwrite the other's objects,
 * whose names contain the query, and each deletes only objects that it has listed. A marker names the objects that
 * belong together. An invocation that finds others beside them deletes these, or the marker.
 */
final class HourFolder {

    private static final String MARKER = "_SUCCESS";

    /** The key in an object's metadata. */
    private static final String SUBMITTED = "query-submitted";

    private static final Pattern SUFFIX = Pattern.compile("\\.[a-z0-9]{1,8}$");

    /**
     * Athena returns the earlier query for an event that is sent again. A result that has expired would look like one
     * without rows; the bucket keeps them for a few days more than this.
     */
    private static final Duration RESULTS_KEPT_FOR = Duration.ofDays(25);

    /** The length of the part of a query's name that distinguishes its objects from those of other queries. */
    private static final int NAME = 16;

    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    private final S3Client s3;
    private final JobSettings settings;
    private final Hour hour;
    private final String prefix;
    private final ConditionalDeletion deletion;

    HourFolder(S3Client s3, JobSettings settings, Hour hour) {
        this.s3 = s3;
        this.settings = settings;
        this.hour = hour;
        this.prefix = settings.table() + "/" + hour + "/";
        this.deletion = new ConditionalDeletion(s3, settings.dataBucket());
    }

    /**
     * Replaces the content by a query's result, unless it is that of a later query; idempotent.
     *
     * @param results the prefix of the result's objects in the bucket of results
     * @throws IllegalStateException if another invocation writes the hour at the same time; the marker is then missing
     *     or belongs to the other. Or if the query's result may have expired; then nothing is changed
     */
    void replaceBy(String results, Queries.Attempt query, Instant now) {
        if (query.submitted().isBefore(now.minus(RESULTS_KEPT_FOR))) {
            throw new IllegalStateException("the result of this event's query, of " + query.submitted()
                    + ", may have expired: run the hour again, with {\"hour\": \"" + hour + "\"}");
        }
        Optional<HourMarker> marker = marker();
        Map<String, String> before = content();
        if (marker.isPresent() && marker.get().submitted().isAfter(query.submitted())) {
            requireIntact(marker.get());
            return;
        }
        boolean isUnmarked = marker.isEmpty() || delete(marker.get());
        if (!isUnmarked
                || before.keySet().stream().anyMatch(key -> submitted(key).isAfter(query.submitted()))) {
            throw writtenByAnother();
        }
        Map<String, String> written = copied(results, query);
        Map<String, String> old = new HashMap<>(before);
        old.keySet().removeAll(written.keySet());
        deletion.delete(old);
        // Two queries divide the rows differently: a mixture of their objects would have rows twice, and lack others.
        boolean isMarked = content().equals(written)
                && mark(HourMarker.naming(written), query.submitted())
                && content().equals(written);
        if (!isMarked) {
            settle(written);
        }
    }

    /** Copies the result. A copy can only replace an identical object of the same query. */
    private Map<String, String> copied(String results, Queries.Attempt query) {
        Map<String, String> written = new HashMap<>();
        for (String from : etags(settings.resultsBucket(), results).keySet()) {
            String to = prefix
                    + "part-%05d-%s%s".formatted(written.size(), query.name().substring(0, NAME), suffix(from));
            CopyObjectResponse copied = s3.copyObject(request -> request.sourceBucket(settings.resultsBucket())
                    .sourceKey(from)
                    .destinationBucket(settings.dataBucket())
                    .destinationKey(to)
                    .metadataDirective(MetadataDirective.REPLACE)
                    .metadata(Map.of(SUBMITTED, query.submitted().toString())));
            written.put(to, copied.copyObjectResult().eTag());
        }
        return written;
    }

    /** Puts the marker, and returns whether there was none. */
    private boolean mark(String content, Instant submitted) {
        try {
            s3.putObject(
                    request -> request.bucket(settings.dataBucket())
                            .key(prefix + MARKER)
                            .metadata(Map.of(SUBMITTED, submitted.toString()))
                            .ifNoneMatch("*"),
                    RequestBody.fromString(content));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Ends an invocation that did not mark the hour. The hour may be marked nevertheless, if another invocation for the
     * same event was faster, or the answer to this one's request was lost.
     */
    private void settle(Map<String, String> written) {
        Optional<HourMarker> marker = marker();
        marker.ifPresent(this::requireIntact);
        if (marker.filter(present -> present.isOf(written)).isEmpty()) {
            throw writtenByAnother();
        }
    }

    /**
     * Deletes objects of earlier queries beside those that a marker names. If the hour still does not consist of these,
     * deletes the marker.
     */
    private void requireIntact(HourMarker marker) {
        Map<String, String> strangers = new HashMap<>(marker.strangers(content()));
        strangers.keySet().removeIf(key -> !isOfEarlierQuery(key, marker.submitted()));
        deletion.delete(strangers);
        if (!marker.isOf(content())) {
            delete(marker);
            throw writtenByAnother();
        }
    }

    private boolean isOfEarlierQuery(String key, Instant than) {
        Instant submitted = submitted(key);
        return submitted.isBefore(than) && !submitted.equals(Instant.MIN);
    }

    private Optional<HourMarker> marker() {
        try {
            ResponseBytes<GetObjectResponse> object = s3.getObjectAsBytes(
                    request -> request.bucket(settings.dataBucket()).key(prefix + MARKER));
            return Optional.of(new HourMarker(
                    object.response().eTag(),
                    object.asUtf8String(),
                    submitted(object.response().metadata())));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    private boolean delete(HourMarker marker) {
        return deletion.delete(Map.of(prefix + MARKER, marker.etag()));
    }

    /**
     * The time at which an object's query was submitted; {@link Instant#MIN} if the object does not exist, or has no
     * such metadata.
     */
    private Instant submitted(String key) {
        try {
            return submitted(s3.headObject(
                            request -> request.bucket(settings.dataBucket()).key(key))
                    .metadata());
        } catch (NoSuchKeyException e) {
            return Instant.MIN;
        }
    }

    private static Instant submitted(Map<String, String> metadata) {
        String submitted = metadata.get(SUBMITTED);
        return submitted == null ? Instant.MIN : Instant.parse(submitted);
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

    /** The ETags of the folder's objects, but for the marker, by their keys. */
    private Map<String, String> content() {
        Map<String, String> objects = etags(settings.dataBucket(), prefix);
        objects.remove(prefix + MARKER);
        return objects;
    }

    /**
     * The ETags of the objects, by their keys in order.
     *
     * @throws IllegalStateException if an answer has no content, with which a folder would look empty
     */
    private Map<String, String> etags(String bucket, String under) {
        Map<String, String> etags = new TreeMap<>();
        for (ListObjectsV2Response page :
                s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(under))) {
            if (page.isTruncated() == null) {
                throw new IllegalStateException("S3 has answered a list of s3://" + bucket + "/" + under
                        + " without saying whether it is whole");
            }
            page.contents().forEach(object -> etags.put(object.key(), object.eTag()));
        }
        return etags;
    }

    @Override
    public String toString() {
        return "s3://" + settings.dataBucket() + "/" + prefix;
    }
}
