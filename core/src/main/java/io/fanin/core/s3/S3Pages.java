package io.fanin.core.s3;

import io.fanin.model.layout.LevelBound;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.LogSafe;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Lists a prefix page by page, one page in memory at a time.
 *
 * <p>Keys are requested in URL encoding (the SDK decodes them), because a control character in a key makes a plain
 * answer unreadable. A page whose body was cut short is requested again: the SDK retries errors, but not an answer of
 * status 200 that it cannot parse.
 */
public final class S3Pages {

    /** The maximum number of attempts for a page whose answer is cut short. */
    public static final int ATTEMPTS = 3;

    private static final String CUT_SHORT = "Could not parse XML response";

    private final S3Client s3;
    private final Runnable beforeEach;

    public S3Pages(S3Client s3) {
        this(s3, () -> {});
    }

    private S3Pages(S3Client s3, Runnable beforeEach) {
        this.s3 = s3;
        this.beforeEach = beforeEach;
    }

    /**
     * The same for a reader that does not read to the end at any cost.
     *
     * @param before run before each page is requested; throws to end the listing
     */
    public S3Pages checkedBy(Runnable before) {
        return new S3Pages(s3, before);
    }

    /** All keys that begin with the prefix. */
    public Iterable<ListingPage> deep(S3Location prefix) {
        return () -> new Pages(request(prefix).build(), LevelBound.NONE);
    }

    /**
     * All keys that sort after another one, in the order of S3.
     *
     * @param prefix their beginning, which need not end at a folder
     */
    Iterable<ListingPage> deepAfter(String bucket, String prefix, String key) {
        return () -> new Pages(request(bucket, prefix).startAfter(key).build(), LevelBound.NONE);
    }

    /** The names directly below the prefix: folders as common prefixes, objects as contents. */
    public Iterable<ListingPage> level(S3Location prefix) {
        return level(prefix, LevelBound.NONE);
    }

    /** Like {@link #level(S3Location)}, without the names that the bound excludes, as far as that saves pages. */
    public Iterable<ListingPage> level(S3Location prefix, LevelBound bound) {
        ListObjectsV2Request first = request(prefix).delimiter("/").build();
        return () ->
                new Pages(bound.start().map(name -> startingAfter(first, name)).orElse(first), bound);
    }

    /** The names of the folders directly below a folder, without their slash. */
    public List<String> folders(S3Location folder) {
        return StreamSupport.stream(level(folder).spliterator(), false)
                .flatMap(page -> page.folders().stream())
                .map(child -> nameIn(folder, child))
                .toList();
    }

    /**
     * The same of a folder that has few.
     *
     * @param most the number of names, also of objects, after which no more are read
     * @return empty if there are more
     */
    public Optional<List<String>> fewFolders(S3Location folder, int most) {
        List<String> names = new ArrayList<>();
        Iterator<ListingPage> pages = level(folder).iterator();
        for (int read = 0; read < most && pages.hasNext(); ) {
            ListingPage page = pages.next();
            read += page.folders().size() + page.objects().size();
            page.folders().forEach(child -> names.add(nameIn(folder, child)));
        }
        return pages.hasNext() ? Optional.empty() : Optional.of(names);
    }

    private static String nameIn(S3Location folder, String child) {
        return child.substring(folder.prefix().length(), child.length() - 1);
    }

    /** The first key below the prefix that sorts after another one, in the order of S3. */
    public Optional<String> firstKeyAfter(S3Location prefix, String key) {
        return firstKey(request(prefix).startAfter(key));
    }

    /**
     * Whether an object of exactly this name lies in the folder. Usually takes one request, and requires only the
     * permission to list.
     *
     * @param name relative to the folder
     */
    public boolean holds(S3Location folder, String name) {
        String key = folder.prefix() + name;
        // Of all keys that begin with this one, the shortest sorts first.
        return firstKey(request(folder.bucket(), key)).filter(key::equals).isPresent();
    }

    /** S3 may return pages without keys before the one with the first key. */
    private Optional<String> firstKey(ListObjectsV2Request.Builder request) {
        Pages pages = new Pages(request.maxKeys(1).build(), LevelBound.NONE);
        Optional<String> key = Optional.empty();
        while (key.isEmpty() && pages.hasNext()) {
            key = pages.next().objects().stream().map(ObjectSummary::key).findFirst();
        }
        return key;
    }

    private static ListObjectsV2Request.Builder request(S3Location prefix) {
        return request(prefix.bucket(), prefix.prefix());
    }

    private static ListObjectsV2Request.Builder request(String bucket, String prefix) {
        return ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).encodingType(EncodingType.URL);
    }

    private static ListObjectsV2Request startingAfter(ListObjectsV2Request request, String name) {
        return request.toBuilder()
                .startAfter(request.prefix() + name)
                .continuationToken(null)
                .build();
    }

    private ListObjectsV2Response fetch(ListObjectsV2Request request) {
        for (int attempt = 1; ; attempt++) {
            try {
                return whole(request, s3.listObjectsV2(request));
            } catch (NoSuchBucketException e) {
                throw refused(request, "the bucket does not exist: create it, or correct the location", e);
            } catch (S3Exception e) {
                if (e.statusCode() == HttpStatusCode.FORBIDDEN) {
                    throw denied(request, e);
                }
                if (ObjectRefusedException.isOfOtherRegion(e)) {
                    throw refused(request, "the bucket lies in another region than the stack", e);
                }
                throw e;
            } catch (RetryableException e) {
                throw cutShort(request, e); // The SDK has retried it.
            } catch (SdkClientException e) {
                if (attempt == ATTEMPTS || !isCutShort(e)) {
                    throw e;
                }
            } catch (UncheckedIOException e) {
                // The connection was lost while the SDK read the answer, which the SDK does not retry.
                if (attempt == ATTEMPTS) {
                    throw cutShort(request, e);
                }
            }
        }
    }

    private static SdkClientException cutShort(ListObjectsV2Request request, RuntimeException e) {
        return SdkClientException.create(
                CUT_SHORT + ": the answer to the listing of " + name(request) + " could not be read (" + e.getMessage()
                        + "): run the execution again",
                e);
    }

    private static String name(ListObjectsV2Request request) {
        return LogSafe.of("s3://" + request.bucket() + "/" + request.prefix());
    }

    /** A page without a mark as the last one or not would be taken for the last one; S3 marks each page. */
    private static ListObjectsV2Response whole(ListObjectsV2Request request, ListObjectsV2Response page) {
        if (page.isTruncated() == null) {
            throw SdkClientException.create(CUT_SHORT + ": the listing of " + name(request)
                    + " was answered without saying whether it is the last page: run the execution again");
        }
        if (page.isTruncated() && page.nextContinuationToken() == null) {
            throw SdkClientException.create(CUT_SHORT + ": the listing of " + name(request)
                    + " has more pages and no token for the next one: run the execution again");
        }
        return page;
    }

    private static boolean isCutShort(SdkClientException e) {
        return e.getMessage() != null && e.getMessage().startsWith(CUT_SHORT);
    }

    private static S3AccessException denied(ListObjectsV2Request request, S3Exception cause) {
        String what = name(request) + " cannot be listed: access is denied: ";
        return new S3AccessException(
                what
                        + "name the bucket in the stack's parameter DataBuckets, and another account's also in its own policy"
                        + " and by its account in DataAccounts",
                what + "you need s3:ListBucket on the bucket " + LogSafe.name(request.bucket())
                        + ", in another account by its own policy, too",
                cause);
    }

    private static S3AccessException refused(ListObjectsV2Request request, String why, Throwable cause) {
        return new S3AccessException(name(request) + " cannot be listed: " + why, cause);
    }

    private final class Pages implements Iterator<ListingPage> {
        private final LevelBound bound;
        private final Set<String> tokens = new HashSet<>();
        private Optional<ListObjectsV2Request> next;

        Pages(ListObjectsV2Request first, LevelBound bound) {
            this.bound = bound;
            this.next = Optional.of(first);
        }

        @Override
        public boolean hasNext() {
            return next.isPresent();
        }

        @Override
        public ListingPage next() {
            ListObjectsV2Request request = next.orElseThrow(NoSuchElementException::new);
            beforeEach.run();
            ListObjectsV2Response answer = fetch(request);
            ListingPage page = ListingPage.of(answer);
            next = answer.isTruncated() ? Optional.of(after(request, answer, page)) : Optional.empty();
            return page;
        }

        private ListObjectsV2Request after(
                ListObjectsV2Request request, ListObjectsV2Response answer, ListingPage page) {
            Optional<String> onward = bound.equals(LevelBound.NONE)
                    ? Optional.empty()
                    : lastName(request, page).flatMap(bound::onward);
            return onward.map(name -> startingAfter(request, name)).orElseGet(() -> following(request, answer));
        }

        private ListObjectsV2Request following(ListObjectsV2Request request, ListObjectsV2Response page) {
            String token = page.nextContinuationToken();
            if (!tokens.add(token)) {
                throw SdkClientException.create("the listing of " + name(request)
                        + " came back to a page that it had given before, so that its pages would never end: run the"
                        + " execution again");
            }
            return request.toBuilder().continuationToken(token).build();
        }

        /** The last name of a page of a level. */
        private static Optional<String> lastName(ListObjectsV2Request request, ListingPage page) {
            return page.last()
                    .map(last -> last.substring(request.prefix().length()))
                    .map(last -> last.endsWith("/") ? last.substring(0, last.length() - 1) : last);
        }
    }
}
