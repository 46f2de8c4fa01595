package io.triggerquery.demo.launcher.check;

/** How a part is made to crash in the middle, and brought back. */
public interface Fault {

    /** What crashes. */
    default String victim() {
        return "payment";
    }

    /** Whether payment is what crashes, and so the sender of the triggers of new payments. */
    default boolean hitsPayment() {
        return victim().equals("payment");
    }

    /** Whether billing can issue the second bill while the part is away; if not, it is killed right after that. */
    default boolean leavesBillingUp() {
        return true;
    }

    /** Kills it. When this returns, it no longer runs. */
    void strike();

    /** Starts it again. It need not be ready when this returns. */
    void heal();

    /** A deployment whose processes are out of reach. */
    record None(String why) implements Fault {
        @Override
        public boolean hitsPayment() {
            return false;
        }

        @Override
        public void strike() {}

        @Override
        public void heal() {}
    }
}
