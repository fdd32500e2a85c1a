package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void missingBrowserIsToldAndEndsTheConsole() {
        CliFixture other = new CliFixture();
        other.environment.put("BROWSER", "/nothing/browser");

        CliFixture.Done done = other.run("console", "--listen", "0", "--open");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("the browser could not be started", "open http://127.0.0.1:");
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
