package io.fanin.fakes;

import io.fanin.fakes.S3Listing.Query;
import java.util.Optional;

/** Answers the requests for listings, in pages of S3's size or of a test's. */
final class S3Listings {

    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>: max-keys. */
    private static final int MAX_KEYS = 1000;

    private volatile int pageSize = MAX_KEYS;
    private volatile int emptyPages;
    private volatile StartAfterInside startAfterInside = StartAfterInside.RETURNS_PREFIX;

    void pageSize(int names) {
        pageSize = names;
    }

    void emptyPages(int pages) {
        emptyPages = pages;
    }

    void startAfterInside(StartAfterInside behaviour) {
        startAfterInside = behaviour;
    }

    Response page(Call call, S3Bucket bucket, String name) {
        Query query = query(call);
        S3Listing listing = query.from().emptied() < emptyPages ? S3Listing.empty(query) : S3Listing.of(bucket, query);
        return Response.of(200, S3Xml.listing(call, query, listing, name)).with("Content-Type", "application/xml");
    }

    private Query query(Call call) {
        int maxKeys = call.facts().containsKey("max-keys") ? Integer.parseInt(call.fact("max-keys")) : MAX_KEYS;
        Query first =
                new Query(call.fact("prefix"), call.fact("delimiter"), S3Position.at(""), Math.min(maxKeys, pageSize));
        if (call.facts().containsKey("continuation-token")) {
            return first.from(position(call.fact("continuation-token")));
        }
        String startAfter = call.fact("start-after");
        if (startAfter.isEmpty()) {
            return first;
        }
        Optional<String> passed =
                startAfterInside == StartAfterInside.SKIPS_PREFIX ? first.commonPrefix(startAfter) : Optional.empty();
        return first.from(S3Position.at(passed.map(Utf8Bounds::afterAll).orElse(Utf8Bounds.after(startAfter))));
    }

    private static S3Position position(String token) {
        try {
            return S3Position.read(token);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "InvalidArgument", "The continuation token provided is incorrect");
        }
    }
}
