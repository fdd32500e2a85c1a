package io.fanin.core.catalog.table;

import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.ViewDefinition;
import software.amazon.awssdk.services.glue.model.ViewDefinitionInput;
import software.amazon.awssdk.services.glue.model.ViewRepresentation;
import software.amazon.awssdk.services.glue.model.ViewRepresentationInput;

/**
 * Builds the TableInput that leaves a table as it is. UpdateTable replaces all of it, so a field left out here would be
 * lost; a test compares this class with the SDK's own list of fields.
 */
final class TableInputs {

    private TableInputs() {}

    static TableInput of(Table table) {
        return TableInput.builder()
                .name(table.name())
                .description(table.description())
                .owner(table.owner())
                .lastAccessTime(table.lastAccessTime())
                .lastAnalyzedTime(table.lastAnalyzedTime())
                .retention(table.retention())
                .storageDescriptor(withoutDerivedColumns(table.storageDescriptor()))
                .partitionKeys(table.partitionKeys())
                .viewOriginalText(table.viewOriginalText())
                .viewExpandedText(table.viewExpandedText())
                .tableType(table.tableType())
                .parameters(table.parameters())
                .targetTable(table.targetTable())
                .viewDefinition(table.viewDefinition() == null ? null : viewDefinition(table.viewDefinition()))
                .build();
    }

    /** Where a schema registry has the columns, Glue returns them with the reference, and takes only one of the two. */
    private static StorageDescriptor withoutDerivedColumns(StorageDescriptor storage) {
        return storage == null || storage.schemaReference() == null
                ? storage
                : storage.toBuilder().columns((Collection<Column>) null).build();
    }

    /** The names of the fields of an input, as Glue spells them. */
    static List<String> fieldsOf(SdkPojo input) {
        return input.sdkFields().stream().map(SdkField::memberName).toList();
    }

    private static ViewDefinitionInput viewDefinition(ViewDefinition view) {
        List<ViewRepresentationInput> representations =
                view.representations().stream().map(TableInputs::representation).toList();
        return ViewDefinitionInput.builder()
                .isProtected(view.isProtected())
                .definer(view.definer())
                .representations(representations)
                .viewVersionId(view.viewVersionId())
                .viewVersionToken(view.viewVersionToken())
                .refreshSeconds(view.refreshSeconds())
                .lastRefreshType(view.lastRefreshTypeAsString())
                .subObjects(view.subObjects())
                .subObjectVersionIds(view.subObjectVersionIds())
                .build();
    }

    private static ViewRepresentationInput representation(ViewRepresentation view) {
        return ViewRepresentationInput.builder()
                .dialect(view.dialectAsString())
                .dialectVersion(view.dialectVersion())
                .viewOriginalText(view.viewOriginalText())
                .validationConnection(view.validationConnection())
                .viewExpandedText(view.viewExpandedText())
                .build();
    }
}
