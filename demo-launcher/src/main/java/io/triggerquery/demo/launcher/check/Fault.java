package io.triggerquery.demo.launcher.check;

/** A crash of a part during the check, and its restart. */
public interface Fault {

    /** Returns the part that crashes. */
    default String victim() {
        return "payment";
    }

    /** Returns whether payment crashes, which sends the triggers of new payments. */
    default boolean hitsPayment() {
        return victim().equals("payment");
    }

    /**
     * Returns whether billing can issue the second bill while the part is down; if not, the part is killed right after
     * it.
     */
    default boolean leavesBillingUp() {
        return true;
    }

    /** Kills the part. It no longer runs on return. */
    void strike();

    /** Starts the part again. It may not be ready on return. */
    void heal();

    /** No crash, for a deployment whose processes cannot be killed. */
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
