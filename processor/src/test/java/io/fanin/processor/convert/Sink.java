package io.fanin.processor.convert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Records as texts. */
final class Sink implements RecordSink {

    final List<String> good = new ArrayList<>();
    final List<Bad> bad = new ArrayList<>();

    private final RecordBuffer buffer = new RecordBuffer();

    record Bad(long line, String reason, String raw) {}

    @Override
    public RecordBuffer buffer() {
        return buffer;
    }

    @Override
    public void good() {
        good.add(buffer.text());
        buffer.takeBack();
    }

    @Override
    public void bad(long line, String reason, byte[] raw) {
        bad.add(new Bad(line, reason, new String(raw, StandardCharsets.UTF_8).strip()));
    }
}
