package io.fanin.pages;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.fanin.model.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Headless Chromium, and the origin from which it reads pages. Chromium, whose name is in the system property
 * {@code browser}, and {@code chromedriver} have to be on the path.
 */
public final class Chromium implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int HEIGHT = 1_100;

    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ChromeDriver driver;

    public Chromium() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = pages.get(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(page == null ? NOT_FOUND : OK, page == null ? -1 : page.length);
            if (page != null) {
                exchange.getResponseBody().write(page);
            }
            exchange.close();
        });
        server.start();
        driver = new ChromeDriver(service(), options());
    }

    private static ChromeDriverService service() {
        return new ChromeDriverService.Builder()
                .usingDriverExecutable(onThePath("chromedriver").toFile())
                .usingAnyFreePort()
                .build();
    }

    private static ChromeOptions options() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(onThePath(System.getProperty("browser", "chromium")).toFile());
        options.addArguments(
                "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--force-device-scale-factor=1");
        if (System.getProperty("user.name").equals("root")) {
            options.addArguments("--no-sandbox");
        }
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    private static Path onThePath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "there is no " + program
                                        + " on the PATH: install Debian's packages chromium and chromium-driver, or others that have both"));
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Opens a page, at a width in pixels and in a colour scheme ({@code light} or {@code dark}). */
    void open(String path, String html, int width, String scheme) {
        pages.put(path, html.getBytes(StandardCharsets.UTF_8));
        driver.manage().window().setSize(new Dimension(width, HEIGHT));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        driver.get(origin() + path);
    }

    /** Opens a page of another server. */
    public void visit(String address) {
        driver.get(address);
    }

    /** The address of the page. */
    public String address() {
        return driver.getCurrentUrl();
    }

    /** Presses the button of this name. */
    public void press(String button) {
        driver.findElement(By.xpath("//button[normalize-space() = '" + button + "']"))
                .click();
    }

    /** The violations that axe-core finds: rules, with the elements that break them. */
    public List<String> violations() {
        return new AxeBuilder()
                .analyze(driver).getViolations().stream().map(Chromium::told).toList();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    /** The addresses requested since the last call, and violations of the page's policy. */
    public List<String> requested() {
        List<String> requested = driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry ->
                        Json.read(entry.getMessage(), JsonNode.class, "log").path("message"))
                .filter(message -> message.path("method").asText().equals("Network.requestWillBeSent"))
                .map(message ->
                        message.path("params").path("request").path("url").asText())
                .toList();
        List<String> refused = driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> message.contains("Content Security Policy"))
                .toList();
        return Stream.concat(requested.stream(), refused.stream()).toList();
    }

    /** Seconds of the browser's own work on the page: styles, layout and painting. */
    double secondsOfRendering() {
        Map<String, Object> answer = driver.executeCdpCommand("Performance.getMetrics", Map.of());
        return ((List<?>) answer.get("metrics"))
                .stream()
                        .map(Map.class::cast)
                        .filter(metric -> metric.get("name").equals("TaskDuration"))
                        .mapToDouble(metric -> ((Number) metric.get("value")).doubleValue())
                        .findFirst()
                        .orElseThrow();
    }

    void measure() {
        driver.executeCdpCommand("Performance.enable", Map.of());
    }

    /** Pixels by which the page is wider than the window. */
    long overflow() {
        return (Long) driver.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    String backgroundColour() {
        return driver.findElement(By.tagName("body")).getCssValue("background-color");
    }

    /** The texts of these elements, all of one page: it may be replaced by another one at any time. */
    public List<String> texts(String selector) {
        Object texts = driver.executeScript(
                "return [...document.querySelectorAll(arguments[0])].map(element => element.innerText)", selector);
        return ((List<?>) texts).stream().map(text -> text.toString().strip()).toList();
    }

    Object ask(String script) {
        return driver.executeScript("return " + script);
    }

    public Path screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            return Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
        server.stop(0);
    }
}
