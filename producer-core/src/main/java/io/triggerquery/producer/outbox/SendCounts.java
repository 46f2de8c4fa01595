package io.triggerquery.producer.outbox;

/** Told what the relay did, to be counted. */
public interface SendCounts {

    /** Why a send failed. */
    enum Reason {
        /** The broker did not answer; it is tried again. */
        UNREACHABLE,
        /** An operator has to act; it is tried again, seldom. */
        BLOCKED,
        /** This trigger cannot be sent; it is put aside. */
        REFUSED
    }

    /** Counts nothing. */
    SendCounts NONE = new SendCounts() {
        @Override
        public void sent(String destination, int triggers) {}

        @Override
        public void failed(String destination, Reason reason, int triggers) {}
    };

    /** The broker has acknowledged so many triggers. */
    void sent(String destination, int triggers);

    /** So many sends failed. */
    void failed(String destination, Reason reason, int triggers);
}
