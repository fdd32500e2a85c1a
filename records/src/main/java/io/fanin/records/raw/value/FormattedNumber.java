package io.fanin.records.raw.value;

import io.fanin.model.table.NumberForm;
import java.util.Arrays;

/**
 * Converts numbers of one form to those that {@link NumberText} reads. A separator in any other place makes the text
 * invalid, since it would be a number of another form.
 */
final class FormattedNumber {

    private static final int GROUP = 3;

    /** A value outside the range of bytes, -128 to 127. */
    private static final int NONE = 1 << Byte.SIZE;

    private final int decimal;
    private final int grouping;
    private byte[] bytes = new byte[64];
    private int length;

    FormattedNumber(NumberForm form) {
        this.decimal = form.decimalSeparator();
        this.grouping = form.groupingSeparator().map(c -> (int) c).orElse(NONE);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Reads a text; false if it is written in another form. */
    boolean read(byte[] text, int from, int to) {
        length = 0;
        bytes = bytes.length < to - from ? Arrays.copyOf(bytes, to - from) : bytes;
        int i = from;
        int digits = 0;
        int groups = 0;
        while (i < to && text[i] != decimal && (text[i] | ' ') != 'e') {
            if (text[i] == grouping) {
                if (!(groups == 0 ? isFirstGroup(digits) : digits == GROUP)) {
                    return false;
                }
                groups++;
                digits = 0;
            } else if (text[i] == '.' || text[i] == ',') {
                return false;
            } else {
                digits += text[i] >= '0' && text[i] <= '9' ? 1 : 0;
                bytes[length++] = text[i];
            }
            i++;
        }
        if (groups > 0 && digits != GROUP) {
            return false;
        }
        if (i < to && text[i] == decimal) {
            bytes[length++] = '.';
            i++;
        }
        for (; i < to; i++) {
            if (text[i] == '.' || text[i] == ',' || text[i] == grouping) {
                return false;
            }
            bytes[length++] = text[i];
        }
        return true;
    }

    /**
     * Whether the digits so far may stand before a group separator. A single 0 may not: 0.123 is a fraction in another
     * form.
     */
    private boolean isFirstGroup(int digits) {
        return digits > 0 && digits <= GROUP && bytes[length - digits] != '0';
    }
}
