package io.fanin.fakes;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Multipart uploads in progress. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">Limits</a>: parts 1 to 10,000, each but the
 * last of 5 MiB or more.
 */
final class S3Uploads {

    private static final int MAX_PARTS = 10_000;
    private static final int MIN_PART = 5 << 20;

    private final Map<String, Map<Integer, SdkBytes>> parts = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> metadata = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    /** The uploads that were neither completed nor aborted, by bucket, key and id. */
    List<String> underWay() {
        return parts.keySet().stream().sorted().toList();
    }

    String begin(S3Address address, Map<String, String> uploadMetadata) {
        String id = "upload-" + ids.incrementAndGet();
        metadata.put(name(address, id), uploadMetadata);
        parts.put(name(address, id), new TreeMap<>());
        return id;
    }

    void part(S3Address address, String id, int number, SdkBytes content) {
        if (number < 1 || number > MAX_PARTS) {
            throw new Refusal(400, "InvalidArgument", "Part number must be 1 to " + MAX_PARTS + ": " + number);
        }
        Map<Integer, SdkBytes> upload = upload(address, id);
        synchronized (upload) {
            upload.put(number, content);
        }
    }

    /** The whole of the parts that the request names. */
    SdkBytes complete(S3Address address, String id, SdkBytes request) {
        Map<Integer, SdkBytes> upload = upload(address, id);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        List<String> numbers = S3Xml.texts(request, "PartNumber");
        for (int i = 0; i < numbers.size(); i++) {
            SdkBytes part = upload.get(Integer.parseInt(numbers.get(i)));
            if (part == null) {
                throw new Refusal(400, "InvalidPart", "One or more of the specified parts could not be found");
            }
            if (i < numbers.size() - 1 && part.asByteArrayUnsafe().length < MIN_PART) {
                throw new Refusal(
                        400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
            }
            whole.writeBytes(part.asByteArrayUnsafe());
        }
        return SdkBytes.fromByteArrayUnsafe(whole.toByteArray());
    }

    /** The metadata with which the upload was begun. */
    Map<String, String> metadata(S3Address address, String id) {
        return metadata.get(name(address, id));
    }

    /** The upload has become an object. */
    void end(S3Address address, String id) {
        parts.remove(name(address, id));
    }

    void abort(S3Address address, String id) {
        upload(address, id);
        parts.remove(name(address, id));
    }

    private Map<Integer, SdkBytes> upload(S3Address address, String id) {
        Map<Integer, SdkBytes> upload = parts.get(name(address, id));
        if (upload == null) {
            throw new Refusal(404, "NoSuchUpload", "The specified upload does not exist: " + id);
        }
        return upload;
    }

    private static String name(S3Address address, String id) {
        return address.bucket() + "/" + address.key() + " " + id;
    }
}
