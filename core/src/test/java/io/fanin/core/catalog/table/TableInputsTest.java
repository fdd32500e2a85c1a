package io.fanin.core.catalog.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.LastRefreshType;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableIdentifier;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.ViewDefinition;
import software.amazon.awssdk.services.glue.model.ViewDialect;
import software.amazon.awssdk.services.glue.model.ViewRepresentation;

class TableInputsTest {

    private static final ViewDefinition VIEW = ViewDefinition.builder()
            .isProtected(true)
            .definer("arn:aws:iam::1:role/definer")
            .viewVersionId(4L)
            .viewVersionToken("token")
            .refreshSeconds(60L)
            .lastRefreshType(LastRefreshType.FULL)
            .subObjects("a")
            .subObjectVersionIds(7L)
            .representations(ViewRepresentation.builder()
                    .dialect(ViewDialect.ATHENA)
                    .dialectVersion("3")
                    .viewOriginalText("select 1")
                    .viewExpandedText("select 1")
                    .validationConnection("connection")
                    .isStale(true)
                    .build())
            .build();

    private static final Table EVERYTHING = Table.builder()
            .name("flights")
            .databaseName("analytics")
            .description("of all carriers")
            .owner("ops")
            .lastAccessTime(Instant.ofEpochSecond(1))
            .lastAnalyzedTime(Instant.ofEpochSecond(2))
            .retention(3)
            .storageDescriptor(StorageDescriptor.builder()
                    .location("s3://lake/flights/")
                    .additionalLocations("s3://lake/more/")
                    .build())
            .partitionKeys(
                    Column.builder().name("dt").type("date").comment("day").build())
            .viewOriginalText("original")
            .viewExpandedText("expanded")
            .tableType("EXTERNAL_TABLE")
            .parameters(Map.of("old", "1"))
            .targetTable(TableIdentifier.builder().name("target").build())
            .viewDefinition(VIEW)
            .versionId("9")
            .build();

    private static final TableInput INPUT = TableInputs.of(EVERYTHING);

    static Stream<SdkField<?>> fieldsOfTableInput() {
        return INPUT.sdkFields().stream();
    }

    /**
     * UpdateTable removes the fields that are missing in its TableInput: a field that the SDK adds has to be copied,
     * too.
     */
    @ParameterizedTest
    @MethodSource("fieldsOfTableInput")
    void everyFieldThatATableInputHasIsCopied(SdkField<?> field) {
        Object value = field.getValueOrDefault(INPUT);

        assertThat(value).as(field.memberName()).isNotNull();
        if (!(value instanceof SdkPojo) || field.memberName().equals("StorageDescriptor")) {
            assertThat(value).isEqualTo(valueOf(EVERYTHING, field.memberName()));
        }
    }

    static Stream<SdkField<?>> fieldsOfViews() {
        return Stream.of(
                        INPUT.viewDefinition(),
                        INPUT.viewDefinition().representations().getFirst())
                .flatMap(view -> view.sdkFields().stream());
    }

    @ParameterizedTest
    @MethodSource("fieldsOfViews")
    void everyFieldThatAViewHasIsCopied(SdkField<?> field) {
        SdkPojo input = INPUT.viewDefinition().sdkFields().contains(field)
                ? INPUT.viewDefinition()
                : INPUT.viewDefinition().representations().getFirst();
        SdkPojo table = INPUT.viewDefinition().equals(input)
                ? VIEW
                : VIEW.representations().getFirst();

        if (field.memberName().equals("Representations")) {
            assertThat(INPUT.viewDefinition().representations()).hasSize(1);
        } else {
            assertThat(field.getValueOrDefault(input)).isNotNull().isEqualTo(valueOf(table, field.memberName()));
        }
    }

    private static Object valueOf(SdkPojo pojo, String member) {
        return pojo.sdkFields().stream()
                .filter(field -> field.memberName().equals(member))
                .findFirst()
                .orElseThrow()
                .getValueOrDefault(pojo);
    }
}
