package io.sluice.state.store;

class HeapServedRowsTest extends ServedRowsContract {

    @Override
    protected ServedRows create() {
        return new HeapServedRows();
    }

    @Override
    protected ServedRows reopen(ServedRows rows) {
        rows.close();
        return new HeapServedRows();
    }
}
