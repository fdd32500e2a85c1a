package io.fanin.detector.events;

import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.fanin.model.json.Json;
import java.util.List;

/**
 * Maps the types of aws-lambda-java-events for Jackson, since they have no annotations: names that differ from the
 * fields', constructors with arguments, without fields that require Joda's types.
 */
final class LambdaEvents {

    /** Nulls in a list are reported by the reader of the event. */
    private static final ObjectMapper MAPPER = Json.documents()
            .copy()
            .setDefaultSetterInfo(JsonSetter.Value.empty())
            .addMixIn(S3EventNotification.class, NotificationMixin.class)
            .addMixIn(S3EventNotification.S3EventNotificationRecord.class, RecordMixin.class)
            .addMixIn(S3EventNotification.S3Entity.class, EntityMixin.class)
            .addMixIn(S3EventNotification.S3BucketEntity.class, BucketEntityMixin.class)
            .addMixIn(S3EventNotification.S3ObjectEntity.class, ObjectEntityMixin.class)
            .addMixIn(SNSEvent.SNS.class, EnvelopeMixin.class)
            .addMixIn(ScheduledEvent.class, BusEventMixin.class);

    private LambdaEvents() {}

    /** A shared, thread-safe mapper. */
    static ObjectMapper mapper() {
        return MAPPER;
    }

    abstract static class NotificationMixin {
        @JsonCreator
        NotificationMixin(@JsonProperty("Records") List<S3EventNotification.S3EventNotificationRecord> records) {}
    }

    @JsonIgnoreProperties(
            value = {"eventTime", "requestParameters", "responseElements", "userIdentity"},
            ignoreUnknown = true)
    abstract static class RecordMixin {
        @JsonCreator
        RecordMixin(
                @JsonProperty("awsRegion") String awsRegion,
                @JsonProperty("eventName") String eventName,
                @JsonProperty("eventSource") String eventSource,
                @JsonProperty("eventTime") String eventTime,
                @JsonProperty("eventVersion") String eventVersion,
                @JsonProperty("requestParameters") S3EventNotification.RequestParametersEntity requestParameters,
                @JsonProperty("responseElements") S3EventNotification.ResponseElementsEntity responseElements,
                @JsonProperty("s3") S3EventNotification.S3Entity s3,
                @JsonProperty("userIdentity") S3EventNotification.UserIdentityEntity userIdentity) {}
    }

    abstract static class EntityMixin {
        @JsonCreator
        EntityMixin(
                @JsonProperty("configurationId") String configurationId,
                @JsonProperty("bucket") S3EventNotification.S3BucketEntity bucket,
                @JsonProperty("object") S3EventNotification.S3ObjectEntity object,
                @JsonProperty("s3SchemaVersion") String schemaVersion) {}
    }

    @JsonIgnoreProperties(value = "ownerIdentity", ignoreUnknown = true)
    abstract static class BucketEntityMixin {
        @JsonCreator
        BucketEntityMixin(
                @JsonProperty("name") String name,
                @JsonProperty("ownerIdentity") S3EventNotification.UserIdentityEntity ownerIdentity,
                @JsonProperty("arn") String arn) {}
    }

    abstract static class ObjectEntityMixin {
        @JsonCreator
        ObjectEntityMixin(
                @JsonProperty("key") String key,
                @JsonProperty("size") Long size,
                @JsonProperty("eTag") String eTag,
                @JsonProperty("versionId") String versionId,
                @JsonProperty("sequencer") String sequencer) {}
    }

    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    @JsonIgnoreProperties(
            value = {"Timestamp", "MessageAttributes"},
            ignoreUnknown = true)
    abstract static class EnvelopeMixin {}

    @JsonIgnoreProperties(value = "time", ignoreUnknown = true)
    abstract static class BusEventMixin {
        @JsonProperty("detail-type")
        abstract String getDetailType();

        @JsonProperty("detail-type")
        abstract void setDetailType(String detailType);
    }
}
