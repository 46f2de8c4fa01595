package io.triggerquery.bench.source;

import io.triggerquery.testbed.ParentWatch;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/**
 * The main class of the stub source's process: {@code StubSourceMain PORT SECURE-PORT KEY-STORE}. It ends with its
 * parent.
 */
public final class StubSourceMain {

    private StubSourceMain() {}

    @SuppressWarnings("resource") // it ends with the process
    public static void main(String[] arguments) throws SSLException {
        var source = new StubSource(Integer.parseInt(arguments[0]));
        source.listenSecurely(Integer.parseInt(arguments[1]), new Certificate(Path.of(arguments[2])));
        ParentWatch.start();
    }
}
