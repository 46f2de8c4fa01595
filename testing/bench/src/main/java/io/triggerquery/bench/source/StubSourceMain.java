package io.triggerquery.bench.source;

import io.triggerquery.testbed.ParentWatch;

/** The main class of the stub source's process: {@code StubSourceMain PORT}. It ends with its parent. */
public final class StubSourceMain {

    private StubSourceMain() {}

    @SuppressWarnings("resource") // it ends with the process
    public static void main(String[] arguments) {
        new StubSource(Integer.parseInt(arguments[0]));
        ParentWatch.start();
    }
}
