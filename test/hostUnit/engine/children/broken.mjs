throw new Error('the native part does not load');
