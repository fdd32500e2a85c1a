package io.fanin.detector;

import io.fanin.core.run.RunFolder;

/** What has to become of something that a detection has taken away from others, such as the messages of a queue. */
interface Aftermath {

    /** Nothing was taken. */
    Aftermath NONE = new Aftermath() {
        @Override
        public void keep(RunFolder run) {}

        @Override
        public void settle() {}

        @Override
        public void giveBack() {}
    };

    /** Writes down what the run answers for, before anything says that it will process it. */
    void keep(RunFolder run);

    /** Lets go of what the run does not answer for; a run that dies before loses nothing. */
    void settle();

    /** Gives everything back: the run only planned. */
    void giveBack();
}
