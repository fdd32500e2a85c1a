package io.fanin.warehouse;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The CDK runs in Node.js: without it a class is skipped, and fails in continuous integration. */
final class NeedsNode implements BeforeAllCallback {

    private static final boolean THERE = isThere();

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!THERE && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("Node.js is missing: install version 20 or later, 'node' on the PATH");
        }
        Assumptions.assumeTrue(THERE, "NOT TESTED: the warehouse needs Node.js (20 or later), and there is no 'node'");
    }

    private static boolean isThere() {
        try {
            return new ProcessBuilder("node", "--version")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
