import { ApiError, type Command, commands, type Operation, operations } from '@ringdown/core/contract'
import { z } from 'zod'

type JsonSchema = Record<string, unknown>

/** The OpenAPI 3.1 document of everything under /api, made from the schemas that the server itself parses with. */
export function openApiDocument(serverUrl: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, op] of Object.entries<Operation>(operations)) {
    paths[op.path] = { ...paths[op.path], [op.method]: describe(name, op) }
  }
  for (const [name, command] of Object.entries<Command>(commands)) {
    const [method = 'post', path = ''] = command.http.split(' ')
    paths[path] = { ...paths[path], [method]: describeCommand(name, command, path) }
  }
  paths['/api/recordings/{recordingId}/audio'] = { get: recordingAudio }
  paths['/api/prompts/{language}/{key}/audio'] = {
    ...paths['/api/prompts/{language}/{key}/audio'],
    get: promptAudio,
    put: promptUpload,
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ringdown',
      version: '0.1.0',
      description:
        'Everything the pages can do. Sign in with POST /api/session; send the csrfToken of the answer as x-csrf-token with every request that changes something.',
    },
    servers: [{ url: serverUrl }],
    security: [{ session: [] }],
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'ringdown_session' } } },
    paths,
  }
}

function describe(name: string, op: Operation) {
  return {
    operationId: name,
    summary: op.summary,
    tags: [op.tag],
    'x-role': op.role,
    parameters: [...parameters(op.params, 'path'), ...parameters(op.query, 'query')],
    ...(op.body && { requestBody: { required: true, content: json(op.body, 'input') } }),
    responses: responses(op.output),
    ...(op.role === 'public' && { security: [] }),
  }
}

function describeCommand(name: string, command: Command, path: string) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1] as string)
  const body = command.input.omit(Object.fromEntries(inPath.map((p) => [p, true as const])) as never)
  return {
    operationId: name,
    summary: command.summary,
    tags: ['live'],
    'x-role': command.role,
    parameters: inPath.map((p) => ({
      name: p,
      in: 'path',
      required: true,
      schema: { type: 'string', format: 'uuid' },
    })),
    ...(Object.keys(body.shape).length > 0 && { requestBody: { required: true, content: json(body, 'input') } }),
    responses: responses(command.output),
  }
}

const responses = (output: z.ZodType) => ({
  200: { description: 'Done', content: json(output, 'output') },
  default: {
    description: 'Refused, with a word to branch on and a sentence that says what to do',
    content: json(ApiError, 'output'),
  },
})

const json = (schema: z.ZodType, io: 'input' | 'output') => ({ 'application/json': { schema: jsonSchema(schema, io) } })

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as JsonSchema
  return rest
}

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query') {
  if (!schema) return []
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !(field as z.ZodType).safeParse(undefined).success,
    schema: jsonSchema(field as z.ZodType, 'input'),
  }))
}

const recordingAudio = {
  operationId: 'readRecordingAudio',
  summary: 'The recording as stereo WAV (customer left, agent right); ranges are honoured',
  tags: ['contacts'],
  'x-role': 'agent',
  parameters: [{ name: 'recordingId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
  responses: {
    200: { description: 'The audio', content: { 'audio/wav': {} } },
    default: responses(z.object({})).default,
  },
}

const ofPrompt = ['language', 'key'].map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

const promptAudio = {
  operationId: 'readPromptAudio',
  summary: 'What callers hear: the uploaded recording, else the synthesised voice',
  tags: ['prompts'],
  'x-role': 'admin',
  parameters: ofPrompt,
  responses: {
    200: { description: 'The audio', content: { 'audio/wav': {} } },
    default: responses(z.object({})).default,
  },
}

const promptUpload = {
  operationId: 'uploadPromptAudio',
  summary: 'Replace the synthesised voice by a recording: WAV, 16 bit PCM, mono or stereo, 8 to 48 kHz',
  tags: ['prompts'],
  'x-role': 'admin',
  parameters: ofPrompt,
  requestBody: { required: true, content: { 'audio/wav': {} } },
  responses: responses(z.object({})),
}
