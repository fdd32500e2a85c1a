package io.fanin.core.spec;

/** What is done with each partition. */
public record ProcessorSpec(String type) {

    public static final ProcessorSpec VALIDATE = new ProcessorSpec("validate");

    public ProcessorSpec {
        if (!"validate".equals(type)) {
            throw new IllegalArgumentException("expected the type 'validate', found '" + type + "'");
        }
    }
}
