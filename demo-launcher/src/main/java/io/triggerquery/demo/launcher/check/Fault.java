package io.triggerquery.demo.launcher.check;

/** How the payment service is made to crash in the middle, and brought back. */
public interface Fault {

    /** Kills it. When this returns, it no longer runs. */
    void strike();

    /** Starts it again. It need not be ready when this returns. */
    void heal();

    /** A deployment whose processes are out of reach. */
    record None(String why) implements Fault {
        @Override
        public void strike() {}

        @Override
        public void heal() {}
    }
}
