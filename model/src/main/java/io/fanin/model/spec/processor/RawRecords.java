package io.fanin.model.spec.processor;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The options for reading a source's raw records, shared by all processors that read them. */
public interface RawRecords {

    int DEFAULT_FILE_SIZE_MB = 256;

    Optional<OnBadRecord> onBadRecord();

    /** The limit above which the partition fails; not with {@link OnBadRecord#FAIL}. */
    Optional<BadRecordLimit> maxBadRecords();

    Optional<UnknownColumns> unknownColumns();

    /** Names of columns without which a record is bad. */
    Optional<List<String>> required();

    /** The IANA zone of timestamps without one. */
    Optional<String> timezone();

    /** The size of the files that are written, in units of 1,000,000 bytes. */
    Optional<Integer> targetFileSizeMb();

    /** Expectations; a partition that does not satisfy them fails before anything of it is written. */
    Optional<List<Expectation>> expect();

    default OnBadRecord onBadRecordOrDefault() {
        return onBadRecord().orElse(OnBadRecord.QUARANTINE);
    }

    default BadRecordLimit maxBadRecordsOrDefault() {
        return onBadRecordOrDefault() == OnBadRecord.FAIL
                ? new BadRecordLimit.Count(0)
                : maxBadRecords().orElse(BadRecordLimit.DEFAULT);
    }

    default UnknownColumns unknownColumnsOrDefault() {
        return unknownColumns().orElse(UnknownColumns.IGNORE);
    }

    default List<String> requiredOrDefault() {
        return required().orElse(List.of());
    }

    default ZoneId zoneOrDefault() {
        return timezone().map(ZoneId::of).orElse(ZoneOffset.UTC);
    }

    default int targetFileSizeMbOrDefault() {
        return targetFileSizeMb().orElse(DEFAULT_FILE_SIZE_MB);
    }

    default List<Expectation> expectOrNone() {
        return expect().orElse(List.of());
    }
}
