package io.fanin.detector.events;

/**
 * An object in S3.
 *
 * @param key decoded
 */
record S3ObjectName(String bucket, String key) {

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
