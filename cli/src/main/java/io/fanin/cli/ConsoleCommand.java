package io.fanin.cli;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.Browser;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.console.NumberOption;
import io.fanin.cli.web.ConsoleServer;
import io.fanin.cli.web.LiveStack;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the console. */
@Command(
        name = "console",
        header = "Shows the pages as they are now in the browser, with buttons: Redrive, Run, Plan, Waive.",
        description = {
            "On 127.0.0.1 only, until Ctrl-C. A button does what the command of its name does, with your credentials.",
            "AWS is called only for the page that the browser requests."
        })
final class ConsoleCommand extends FaninCommand {

    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--listen",
            paramLabel = "PORT",
            defaultValue = "8099",
            description = "port of 127.0.0.1 on which it listens, 0 for any that is free (default: ${DEFAULT-VALUE})")
    private int listen;

    @Option(names = "--open", description = "show it in the browser (BROWSER, or the system's)")
    private boolean open;

    /** The answer, with the console's address. */
    private record Serving(URI console) {}

    @Override
    ExitCode run() {
        NumberOption.requireAtMost("--listen", listen, MAX_PORT);
        Deployment deployment = fanin.deployment();
        LiveStack live = new LiveStack(
                deployment,
                fanin.executions(deployment),
                fanin.hints(),
                fanin.commandEnvironment().clock(),
                new FailureMessages(fanin)::explained);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (ConsoleServer server = ConsoleServer.start(listen, live)) {
            Runnable calledOff = fanin.commandEnvironment().atInterruption().apply(interrupted::countDown);
            fanin.console()
                    .answer(
                            new Serving(server.uri()),
                            () -> List.of("The console is at " + server.uri() + " until Ctrl-C."),
                            ExitCode.DONE);
            if (open) {
                show(server.uri());
            }
            try {
                interrupted.await();
            } catch (InterruptedException e) {
                calledOff.run();
                Thread.currentThread().interrupt();
            }
        }
        return ExitCode.DONE;
    }

    /** Opens the page. If there is no browser, as on a server, the console continues without it. */
    private void show(URI console) {
        try {
            new Browser(fanin.commandEnvironment().environment()).open(console);
        } catch (CommandFailedException e) {
            fanin.console().warn(e.getMessage());
        }
    }
}
