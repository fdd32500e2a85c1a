package io.fanin.fakes;

import java.util.Optional;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * The bucket and key that a request addresses, by path or by host name.
 *
 * @param key empty for the bucket itself
 */
record S3Address(String bucket, String key) {

    static S3Address of(Request request) {
        String path = request.http().encodedPath();
        String relative = path.startsWith("/") ? path.substring(1) : path;
        Optional<String> host = bucketInHost(request.http().host());
        if (host.isPresent()) {
            return new S3Address(host.get(), SdkHttpUtils.urlDecode(relative.replace("+", "%2B")));
        }
        int slash = relative.indexOf('/');
        String bucket = slash < 0 ? relative : relative.substring(0, slash);
        String key = slash < 0 ? "" : relative.substring(slash + 1);
        return new S3Address(bucket, SdkHttpUtils.urlDecode(key.replace("+", "%2B")));
    }

    private static Optional<String> bucketInHost(String host) {
        int end = host.indexOf(".s3.");
        return end < 0 ? Optional.empty() : Optional.of(host.substring(0, end));
    }
}
