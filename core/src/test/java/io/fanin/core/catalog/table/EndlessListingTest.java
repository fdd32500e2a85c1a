package io.fanin.core.catalog.table;

import static io.fanin.core.catalog.client.CatalogFixture.FLIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.core.catalog.client.GlueCatalog;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.glue.model.GetDatabasesRequest;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesResponse;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;

/** Listings of Glue whose pages name each other, so that none is the last. */
class EndlessListingTest {

    /** A service of which each page has a token, one of so many. */
    private record Circle(int tokens, AtomicInteger pages) implements ExecutionInterceptor {

        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            return switch (context.request()) {
                case GetTablesRequest tables ->
                    tables.toBuilder().nextToken(null).build();
                case GetDatabasesRequest databases ->
                    databases.toBuilder().nextToken(null).build();
                case GetPartitionIndexesRequest indexes ->
                    indexes.toBuilder().nextToken(null).build();
                default -> context.request();
            };
        }

        @Override
        public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
            return switch (context.response()) {
                case GetTablesResponse page ->
                    page.toBuilder().nextToken(next()).build();
                case GetDatabasesResponse page ->
                    page.toBuilder().nextToken(next()).build();
                case GetPartitionIndexesResponse page ->
                    page.toBuilder().nextToken(next()).build();
                default -> context.response();
            };
        }

        private String next() {
            return "page " + pages.getAndIncrement() % tokens;
        }
    }

    private final CatalogFixture fixture = new CatalogFixture();

    static Stream<Arguments> listings() {
        return Stream.of(1, 3)
                .flatMap(tokens -> Stream.of(
                        listing(tokens, "GetTables", catalog -> catalog.tables("analytics")),
                        listing(tokens, "GetDatabases", GlueCatalog::databases),
                        listing(
                                tokens,
                                "GetPartitionIndexes",
                                catalog -> catalog.missingIndexes(FLIGHTS, List.of(List.of("dt"))))));
    }

    private static Arguments listing(int tokens, String operation, Consumer<GlueCatalog> listing) {
        return Arguments.of(tokens, operation, Named.of(operation, listing));
    }

    @ParameterizedTest
    @MethodSource("listings")
    void tokensThatRepeatFailInsteadOfGoingRoundForEver(int tokens, String operation, Consumer<GlueCatalog> listing) {
        fixture.table();
        Circle circle = new Circle(tokens, new AtomicInteger());

        assertThatThrownBy(() -> listing.accept(new GlueCatalog(fixture.glue.client(circle))))
                .isInstanceOf(CatalogUnavailableException.class)
                .hasMessageContainingAll(operation, "a page that it had given");
        assertThat(circle.pages()).hasValue(tokens + 1);
    }
}
