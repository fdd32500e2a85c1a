package io.fanin.core.s3;

import io.fanin.model.text.Utf8Order;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectStorageClass;

/**
 * A page of a listing: 1,000 names at most.
 *
 * @param folders prefixes that end in a slash; only listings of one level have any
 */
public record ListingPage(List<String> folders, List<ObjectSummary> objects) {

    private static final Set<ObjectStorageClass> ARCHIVES =
            EnumSet.of(ObjectStorageClass.GLACIER, ObjectStorageClass.DEEP_ARCHIVE);

    static ListingPage of(ListObjectsV2Response page) {
        return new ListingPage(
                page.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
                page.contents().stream()
                        .map(object -> new ObjectSummary(
                                object.key(),
                                object.size(),
                                object.eTag(),
                                object.lastModified(),
                                ARCHIVES.contains(object.storageClass())))
                        .toList());
    }

    /** The last key or prefix of the page. */
    Optional<String> last() {
        return Stream.concat(folders.stream(), objects.stream().map(ObjectSummary::key))
                .max(Utf8Order.INSTANCE);
    }
}
