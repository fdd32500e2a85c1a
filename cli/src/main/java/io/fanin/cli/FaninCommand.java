package io.fanin.cli;

import io.fanin.cli.console.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ParentCommand;

/** A command of the program. */
abstract class FaninCommand implements Callable<Integer> {

    @ParentCommand
    Fanin fanin;

    @Override
    public final Integer call() throws IOException {
        try {
            return run().code();
        } catch (VirtualMachineError | LinkageError e) {
            throw FailureMessages.ofMachine(e);
        }
    }

    abstract ExitCode run() throws IOException;
}
