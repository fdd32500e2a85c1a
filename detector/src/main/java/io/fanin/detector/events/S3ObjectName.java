package io.fanin.detector.events;

/**
 * An object of S3.
 *
 * @param key as it is, nothing in it encoded
 */
record S3ObjectName(String bucket, String key) {

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
