package io.fanin.records.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;

/** Data pages that are put together from parts, sound or not. */
final class CraftedPages {

    private CraftedPages() {}

    /** A page of the first version. */
    static byte[] first(PageHeader page, Encoding levels, Parts parts) {
        page.getData_page_header().setRepetition_level_encoding(levels);
        return resized(page, bytes(measured(parts.repetition()), measured(parts.definition()), parts.values()));
    }

    private static byte[] measured(byte[] levels) {
        return levels.length == 0 ? levels : bytes(levels.length, 0, 0, 0, levels);
    }

    /** The page in the second version. */
    static byte[] second(PageHeader page, Parts parts) {
        page.setType(PageType.DATA_PAGE_V2);
        page.setData_page_header_v2(new DataPageHeaderV2(
                page.getData_page_header().getNum_values(),
                0,
                0,
                page.getData_page_header().getEncoding(),
                parts.definition().length,
                parts.repetition().length));
        page.unsetData_page_header();
        return resized(page, bytes(parts.repetition(), parts.definition(), parts.values()));
    }

    private static byte[] resized(PageHeader page, byte[] body) {
        page.setCompressed_page_size(body.length).setUncompressed_page_size(body.length);
        return body;
    }

    /** The parts of a page without the lengths between them. */
    @SuppressWarnings("ArrayRecordComponent")
    record Parts(byte[] repetition, byte[] definition, byte[] values) {

        /** Of a page of the first version. */
        static Parts of(byte[] body, boolean repeated) {
            ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
            byte[] repetition = new byte[repeated ? bytes.getInt() : 0];
            bytes.get(repetition);
            byte[] definition = new byte[bytes.getInt()];
            bytes.get(definition);
            byte[] values = new byte[bytes.remaining()];
            bytes.get(values);
            return new Parts(repetition, definition, values);
        }
    }

    /** Numbers of one byte, texts and bytes, one after the other. */
    static byte[] bytes(Object... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            switch (part) {
                case Integer one -> bytes.write(one);
                case String text -> bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
                default -> bytes.writeBytes((byte[]) part);
            }
        }
        return bytes.toByteArray();
    }
}
