package io.triggerquery.demo.launcher;

/** Closes a session on Ctrl-C, on SIGTERM and when the terminal goes away. */
final class StopOnExit {

    private StopOnExit() {}

    static Thread register(Session session) {
        Thread hook = new Thread(session::close, "stop-on-exit");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }
}
