package io.fanin.cli.init.values;

import io.fanin.model.type.HiveType;
import java.math.BigInteger;
import java.util.Optional;

/** Finds out whether the numbers of a column, or of a part of one, are whole numbers too large for a bigint. */
final class WholeNumbers {

    private static final BigInteger DECIMALS = BigInteger.TEN.pow(38);
    private static final HiveType DECIMAL = new HiveType.Decimal(38, 0);

    private boolean areThere;
    private boolean areLarge;
    private boolean haveOthers;
    private boolean fit = true;

    void add(BigInteger number) {
        areThere = true;
        areLarge |= number.bitLength() >= Long.SIZE;
        fit &= number.abs().compareTo(DECIMALS) < 0;
    }

    /** Adds a value that is not a whole number. */
    void addOther() {
        fit = false;
        haveOthers = true;
    }

    /** Whether there are values, and all of them are whole numbers. */
    boolean areAll() {
        return areThere && !haveOthers;
    }

    /** The type that keeps the values; absent if a bigint or a double does so. */
    Optional<HiveType> type() {
        return areLarge ? Optional.of(fit ? DECIMAL : HiveType.Scalar.STRING) : Optional.empty();
    }
}
