package io.fanin.fakes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Multipart uploads in progress. <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">Limits</a>: parts 1 to 10,000, each but the
 * last of 5 MiB or more. Parts have checksums of the algorithm with which the upload was begun, or none, and the
 * completion names them: <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">Checking object
 * integrity</a>.
 */
final class S3Uploads {

    static final String CHECKSUM = "x-amz-checksum-crc32";

    private static final String CRC32 = "CRC32";
    private static final String NONE = "null";
    private static final int MAX_PARTS = 10_000;
    private static final int MIN_PART = 5 << 20;

    private final Map<String, Map<Integer, SdkBytes>> parts = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> metadata = new ConcurrentHashMap<>();
    private final Map<String, String> algorithms = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    /** The uploads that were neither completed nor aborted, by bucket, key and id. */
    List<String> underWay() {
        return parts.keySet().stream().sorted().toList();
    }

    /** @param algorithm of the parts' checksums; empty if they have none */
    String begin(S3Address address, Map<String, String> uploadMetadata, Optional<String> algorithm) {
        String id = "upload-" + ids.incrementAndGet();
        algorithms.put(name(address, id), algorithm.orElse(NONE));
        metadata.put(name(address, id), uploadMetadata);
        parts.put(name(address, id), new TreeMap<>());
        return id;
    }

    /** Whether the answers to its parts name their checksums. */
    boolean hasChecksums(S3Address address, String id) {
        return algorithms.get(name(address, id)).equals(CRC32);
    }

    static String checksum(SdkBytes content) {
        CRC32 crc = new CRC32();
        crc.update(content.asByteArrayUnsafe());
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc.getValue())
                        .array());
    }

    /** @param algorithm of the part's checksum; empty if it has none */
    void part(S3Address address, String id, int number, SdkBytes content, Optional<String> algorithm) {
        String expected = algorithms.getOrDefault(name(address, id), NONE);
        if (!algorithm.orElse(NONE).equals(expected)) {
            throw new Refusal(
                    400,
                    "InvalidRequest",
                    "Checksum Type mismatch occurred, expected checksum Type: " + expected + ", actual checksum Type: "
                            + algorithm.orElse(NONE));
        }
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
        List<String> checksums = S3Xml.texts(request, "ChecksumCRC32");
        if (hasChecksums(address, id) && checksums.size() != numbers.size()) {
            throw new Refusal(400, "InvalidRequest", "The complete request must include the checksum for each part");
        }
        for (int i = 0; i < numbers.size(); i++) {
            SdkBytes part = upload.get(Integer.parseInt(numbers.get(i)));
            if (part == null || (hasChecksums(address, id) && !checksum(part).equals(checksums.get(i)))) {
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
