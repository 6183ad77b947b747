package io.sluice.state.store;

class HeapServedEntitiesTest extends ServedEntitiesContract {

    @Override
    protected RecordStore create() {
        return new HeapRecords();
    }

    @Override
    protected RecordStore reopen(RecordStore store) {
        return store;
    }
}
