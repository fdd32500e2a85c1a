package io.fanin.statemachine.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.testcontainers.containers.ContainerFetchException;

/** The Docker engine of this machine, as its command sees it. */
final class DockerEngine {

    private DockerEngine() {}

    /** Whether a Docker engine is running. Testcontainers would pull images to find out. */
    static boolean answers() {
        try {
            return docker("info").succeeded();
        } catch (UncheckedIOException e) {
            return false; // there is no such command
        }
    }

    static void pull(List<String> images) {
        for (String image : images) {
            if (!docker("image", "inspect", image).succeeded()) {
                Answer pulled = docker("pull", "--quiet", image);
                if (!pulled.succeeded()) {
                    throw new ContainerFetchException("pulling " + image + " failed: " + pulled.output());
                }
            }
        }
    }

    private static Answer docker(String... arguments) {
        List<String> command =
                Stream.concat(Stream.of("docker"), Stream.of(arguments)).toList();
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), output.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        }
    }

    private record Answer(int exitCode, String output) {

        boolean succeeded() {
            return exitCode == 0;
        }
    }
}
