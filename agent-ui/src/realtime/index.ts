export { command, watchBoard } from './command.ts'
export { closeConnection, onConnectionRefused, openConnection } from './socket.ts'
export { type ConnectionState, onConnected, useConnection } from './use-connection.ts'
export { onServerEvent, useServerEvent } from './use-server-event.ts'
