package io.fanin.detector;

import io.fanin.core.run.RunFolder;

/** What is left to do where partitions were detected from, once it is known what became of them. */
interface Ending {

    /** Nothing. */
    Ending NONE = new Ending() {
        @Override
        public void begun(RunFolder run) {}

        @Override
        public void planned() {}
    };

    /** The run has begun to process the candidates, if there are any: its manifest is written. */
    void begun(RunFolder run);

    /** The run was a dry run: nothing is processed, and nothing may be changed. */
    void planned();
}
