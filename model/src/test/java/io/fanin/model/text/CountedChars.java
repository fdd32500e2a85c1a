package io.fanin.model.text;

/** A text that counts the accesses to its characters, as a measure of work that is the same on every machine. */
public final class CountedChars implements CharSequence {

    private final CharSequence text;
    private long reads;

    public CountedChars(CharSequence text) {
        this.text = text;
    }

    public long reads() {
        return reads;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        reads++;
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
