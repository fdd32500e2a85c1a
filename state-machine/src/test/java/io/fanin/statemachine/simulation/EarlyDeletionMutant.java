package io.fanin.statemachine.simulation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A detector that deletes the inbox's entries when the run has only begun. */
record EarlyDeletionMutant(S3Client s3, RequestStreamHandler detector) implements RequestStreamHandler {

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<String> before = s3
                .listObjectsV2(
                        request -> request.bucket(HistoryWorld.STATE_BUCKET).prefix("inbox/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
        detector.handleRequest(input, output, context);
        before.forEach(key -> s3.deleteObject(
                request -> request.bucket(HistoryWorld.STATE_BUCKET).key(key)));
    }
}
