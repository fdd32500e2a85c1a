package io.fanin.core.aws;

/** The connections that the JDK's HTTP client keeps for the next requests. */
public final class IdleConnections {

    private static final String PROPERTY = "http.maxConnections";

    /** More than the concurrent requests of any function or command. */
    private static final String TO_A_HOST = "64";

    private IdleConnections() {}

    /**
     * Has more kept than the JDK's five to a host: with more concurrent requests, others would be opened anew again and
     * again, with TLS. To be called before the first connection, since the JDK reads the number once.
     */
    public static void keep() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, TO_A_HOST);
        }
    }
}
