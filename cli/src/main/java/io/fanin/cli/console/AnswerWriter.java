package io.fanin.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.Charset;
import java.util.Optional;

/** A printer that keeps the reason why it could not print. Flushed after each line. */
public final class AnswerWriter extends PrintWriter {

    private final Watched watched;

    public AnswerWriter(OutputStream out, Charset charset) {
        this(new Watched(new OutputStreamWriter(out, charset)));
    }

    private AnswerWriter(Watched watched) {
        super(watched, true);
        this.watched = watched;
    }

    /** The reason why the output could not be written; absent if it was, or if its reader has closed a pipe. */
    public Optional<IOException> failure() {
        flush();
        return Optional.ofNullable(watched.failure).filter(failure -> !isClosedPipe(failure));
    }

    /**
     * Whether the pipe was closed, by the message, since Java has no code for it; the C library translates that
     * message.
     */
    private static boolean isClosedPipe(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("Broken pipe") || message.equals(messageOfClosedPipe());
    }

    private static String messageOfClosedPipe() {
        try {
            Pipe pipe = Pipe.open();
            pipe.source().close();
            try (Pipe.SinkChannel sink = pipe.sink()) {
                sink.write(ByteBuffer.allocate(1));
            }
            return "";
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private static final class Watched extends Writer {

        private final Writer out;
        private IOException failure;

        private Watched(Writer out) {
            this.out = out;
        }

        private interface Work {
            void carryOut() throws IOException;
        }

        private void watching(Work work) throws IOException {
            try {
                work.carryOut();
            } catch (IOException e) {
                failure = failure == null ? e : failure;
                throw e;
            }
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            watching(() -> out.write(text, from, length));
        }

        @Override
        public void flush() throws IOException {
            watching(out::flush);
        }

        @Override
        public void close() throws IOException {
            watching(out::close);
        }
    }
}
