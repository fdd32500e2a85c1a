package io.fanin.pages.view;

import io.fanin.model.run.RunReport;
import io.fanin.model.run.Usage;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * About what a pass costs, in US dollars. Prices are the list prices of us-east-1 without free tiers, from the pricing pages of Amazon
 * S3 (Standard), AWS Glue (Data Catalog), AWS Step Functions (Standard) and AWS Lambda (x86).
 */
final class Cost {

    private static final double LIST_OR_PUT = 0.005 / 1_000;
    private static final double GET = 0.0004 / 1_000;
    private static final double GLUE_REQUEST = 1.0 / 1_000_000;
    private static final double STATE_TRANSITION = 0.025 / 1_000;
    private static final double GIGABYTE_SECOND = 0.0000166667;

    private static final Set<String> LISTS_AND_PUTS = Set.of(
            "ListObjectsV2",
            "PutObject",
            "CopyObject",
            "CreateMultipartUpload",
            "UploadPart",
            "UploadPartCopy",
            "CompleteMultipartUpload");

    private static final Set<String> FREE = Set.of("DeleteObject", "DeleteObjects", "AbortMultipartUpload");

    private static final int CENTS = 2;

    private Cost() {}

    /** In dollars; empty if nobody measured the pass. */
    static Optional<String> of(RunReport.Details pass) {
        return pass.usage()
                .map(usage -> dollars(requests(usage.functions())
                        + usage.functions().gigabyteSeconds() * GIGABYTE_SECOND
                        + usage.stateTransitions() * STATE_TRANSITION));
    }

    private static double requests(Usage usage) {
        return usage.requests().entrySet().stream()
                .mapToDouble(sent -> price(sent) * sent.getValue())
                .sum();
    }

    private static double price(Map.Entry<String, Long> sent) {
        String[] operation = sent.getKey().split(" ", 2);
        return switch (operation[0]) {
            case "Glue" -> GLUE_REQUEST;
            case "S3" -> LISTS_AND_PUTS.contains(operation[1]) ? LIST_OR_PUT : FREE.contains(operation[1]) ? 0 : GET;
            default -> 0;
        };
    }

    /** To the cent, and below ten cents to two digits that are not 0. */
    private static String dollars(double amount) {
        int digits = amount <= 0 ? CENTS : Math.max(CENTS, 1 - (int) Math.floor(Math.log10(amount)));
        return "$" + String.format(Locale.ROOT, "%,." + digits + "f", amount);
    }
}
