package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.cli.web.ConsoleServer;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The console begins with a browser and a port, and ends when it is interrupted. */
class ConsoleCommandTest {

    @RegisterExtension
    final OpenConsole console = new OpenConsole();

    @Test
    void missingBrowserIsToldAndTheConsoleGoesOn() {
        CliFixture other = new CliFixture();
        other.environment.put("BROWSER", "/nothing/browser --new-window");
        other.atInterruption = Runnable::run;

        CliFixture.Done done = other.run("console", "--listen", "0", "--open");

        assertThat(done.code()).isZero();
        assertThat(done.out()).contains("The console is at http://127.0.0.1:");
        assertThat(done.err()).contains("the browser could not be started", "\"/nothing/browser\"");
    }

    @Test
    void portThatMayNotBeTakenIsNotSaidToBeInUse() {
        assertThat(ConsoleServer.whyNot(80, new BindException("Permission denied")))
                .isEqualTo("the console cannot listen on port 80 of 127.0.0.1: Permission denied");
    }

    @Test
    void takenPortIsToldAndInterruptionEndsTheConsole() throws Exception {
        CliFixture.Done second = new CliFixture().run("console", "--listen", String.valueOf(console.port()));
        int before = console.port();
        console.reopen();

        assertThat(second.code()).isEqualTo(2);
        assertThat(second.err()).contains("something else listens on port " + before, "--listen=PORT");
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), before).close())
                .isInstanceOf(ConnectException.class);
    }
}
